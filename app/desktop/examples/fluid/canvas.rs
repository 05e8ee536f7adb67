//! Painting a frame to its last pixel, on whatever wgpu finds: without a window, and without a screen to wait for.

use eframe::egui_wgpu::{RenderState, RendererOptions, ScreenDescriptor, WgpuConfiguration, WgpuSetup};
use eframe::wgpu;
use egui::{ClippedPrimitive, TexturesDelta, Vec2};

/// What is painted on.
pub struct Canvas {
    state: RenderState,
    view: wgpu::TextureView,
    screen: ScreenDescriptor,
}

impl Canvas {
    /// A canvas of so many pixels; `None` where there is nothing to paint with.
    pub fn new(size: Vec2) -> Option<Self> {
        let setup = WgpuSetup::without_display_handle();
        let options = RendererOptions { dithering: false, ..RendererOptions::default() };
        let state = pollster::block_on(async {
            let instance = setup.new_instance().await;
            let config = WgpuConfiguration { wgpu_setup: setup, ..WgpuConfiguration::default() };
            RenderState::create(&config, &instance, None, options).await.ok()
        })?;
        let screen =
            ScreenDescriptor { pixels_per_point: 1.0, size_in_pixels: [size.x.round() as u32, size.y.round() as u32] };
        let view = texture(&state, screen.size_in_pixels).create_view(&wgpu::TextureViewDescriptor::default());
        Some(Self { state, view, screen })
    }

    /// Who paints.
    pub fn painter(&self) -> String {
        self.state.adapter.get_info().name
    }

    /// Paints a frame and returns when it is there.
    ///
    /// # Errors
    /// A device that is lost.
    pub fn paint(&self, textures: &TexturesDelta, primitives: &[ClippedPrimitive]) -> Result<(), wgpu::PollError> {
        let (device, queue) = (&self.state.device, &self.state.queue);
        let mut renderer = self.state.renderer.write();
        for (id, deltas) in &textures.set {
            deltas.iter().for_each(|delta| renderer.update_texture(device, queue, *id, delta));
        }
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let buffers = renderer.update_buffers(device, queue, &mut encoder, primitives, &self.screen);
        let ops = wgpu::Operations { load: wgpu::LoadOp::Clear(wgpu::Color::BLACK), store: wgpu::StoreOp::Store };
        let target = wgpu::RenderPassColorAttachment { view: &self.view, resolve_target: None, ops, depth_slice: None };
        let colours = [Some(target)];
        let pass = wgpu::RenderPassDescriptor { color_attachments: &colours, ..wgpu::RenderPassDescriptor::default() };
        let mut pass = encoder.begin_render_pass(&pass).forget_lifetime();
        renderer.render(&mut pass, primitives, &self.screen);
        drop(pass);
        queue.submit(buffers.into_iter().chain([encoder.finish()]));
        textures.free.iter().for_each(|id| renderer.free_texture(id));
        device.poll(wgpu::PollType::wait_indefinitely()).map(drop)
    }
}

fn texture(state: &RenderState, [width, height]: [u32; 2]) -> wgpu::Texture {
    state.device.create_texture(&wgpu::TextureDescriptor {
        label: None,
        size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: state.target_format,
        usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
        view_formats: &[],
    })
}
